// Twelve 1200×675 pictures, one per need: its tile in the middle of a mosaic in its own colours. Prints JSON {id: svg}.
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FORME, LATO, sequenza } from '../svg/mosaico.mjs'

const qui = dirname(fileURLToPath(import.meta.url))
const impostazioni = await readFile(join(qui, '..', 'scss', '_impostazioni.scss'), 'utf8')
const tinte = Object.fromEntries(
  [...impostazioni.matchAll(/'(\w+)': \((#\w+), (#\w+), (#\w+)\)/g)].map(([, nome, ...colori]) => [nome, colori]),
)
const tintaDi = Object.fromEntries([...impostazioni.matchAll(/'(\w+)': '(\w+)'/g)].map(([, id, nome]) => [id, nome]))
const COLONNE = 9
const RIGHE = 5
const CELLA = 135
const AMICHE = { petrolio: 'ocra', terracotta: 'ocra', ocra: 'petrolio', salvia: 'cielo', melanzana: 'terracotta', cielo: 'salvia' }

function cella(riga, colonna, caso, [fondo, inchiostro, accento], [fondo2, , accento2]) {
  const forma = FORME[caso(FORME.length)]()
  const pieno = [accento, accento, accento2, caso(3) ? accento : inchiostro][caso(4)]
  const sotto = forma ? [fondo, '#fff', fondo2][caso(3)] : [accento, accento2, fondo2][caso(3)]
  const scala = CELLA / LATO
  const giro = caso(4) * 90
  const l = LATO - 4
  return `<g transform="translate(${colonna * CELLA} ${riga * CELLA}) scale(${scala}) translate(2 2)"><rect width="${l}" height="${l}" rx="4" fill="${sotto}"/><g transform="rotate(${giro} ${l / 2} ${l / 2})" fill="${pieno}">${forma}</g></g>`
}

/** Under the white panel in the middle. */
const coperta = (riga, colonna) => riga >= 1 && riga <= 3 && colonna >= 3 && colonna <= 5

async function scena(id, indice) {
  const tinta = tinte[tintaDi[id]]
  const amica = tinte[AMICHE[tintaDi[id]]]
  const caso = sequenza(101 + indice * 37)
  const tessere = []
  for (let riga = 0; riga < RIGHE; riga += 1) {
    for (let colonna = 0; colonna < COLONNE; colonna += 1) {
      const tessera = cella(riga, colonna, caso, tinta, amica)
      if (!coperta(riga, colonna)) tessere.push(tessera)
    }
  }
  const testo = await readFile(join(qui, '..', 'svg', 'tasselli', `${id}.svg`), 'utf8')
  const disegno = testo.replace(/<\/?svg[^>]*>/g, '').replaceAll('var(--tinta-accento, currentColor)', tinta[2])
  const x = 3 * CELLA
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 1200 675"><rect width="1200" height="675" fill="#F7F4EF"/><g transform="translate(-7.5 0)">${tessere.join('')}<rect x="${x + 7}" y="${CELLA + 7}" width="${3 * CELLA - 14}" height="${3 * CELLA - 14}" rx="28" fill="#fff"/><g transform="translate(${x + 43} ${CELLA + 43}) scale(6.65)" fill="none" stroke="${tinta[1]}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${disegno}</g></g></svg>`
}

const id = (await readdir(join(qui, '..', 'svg', 'tasselli'))).sort().map((nome) => nome.replace('.svg', ''))
process.stdout.write(JSON.stringify(Object.fromEntries(await Promise.all(id.map(async (n, i) => [n, await scena(n, i)])))))
