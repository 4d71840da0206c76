// The mosaic of hero and footer: quarter discs, discs, petals and squares on a grid, chosen by a fixed sequence.
const TENUI = ['#6FB3BD', '#E59A80', '#EEBC58', '#86C39C', '#B39BD0', '#8CB4DC', '#A9D3D9', '#F3CDBF', '#F8DFA6']
const TINTE = [...TENUI, ...TENUI, '#0B5563', '#B0432A']
const FONDI = ['#E1EFF1', '#FBE9E3', '#FFF3D9', '#E6F3EA', '#EFE9F6', '#E5EEF7']
export const LATO = 40
const MARGINE = 2

/** Numbers that look shuffled but are always the same (linear congruential, fixed seed). */
export function sequenza(seme) {
  let stato = seme
  return (n) => {
    stato = (stato * 1103515245 + 12345) % 2147483648
    return Math.floor((stato / 2147483648) * n)
  }
}

const l = LATO - 2 * MARGINE
export const FORME = [
  () => `<path d="M0 0h${l}a${l} ${l} 0 0 1-${l} ${l}z"/>`,
  () => `<path d="M0 0h${l / 2}a${l / 2} ${l / 2} 0 0 1 ${l / 2} ${l / 2}v${l / 2}h-${l / 2}a${l / 2} ${l / 2} 0 0 1-${l / 2}-${l / 2}z"/>`,
  () => `<circle cx="${l / 2}" cy="${l / 2}" r="${l / 3}"/>`,
  () => `<path d="M0 ${l / 2}a${l / 2} ${l / 2} 0 0 1 ${l} 0z"/><path d="M0 ${l}a${l / 2} ${l / 2} 0 0 1 ${l} 0z"/>`,
  () => `<path d="M0 ${l}V0l${l} ${l}z"/>`,
  () => '',
]

/** One tile; the empty shape gives a plain tile of a soft colour. */
function tessera(riga, colonna, caso) {
  const fondo = FONDI[caso(FONDI.length)]
  const forma = FORME[caso(FORME.length)]()
  const giro = caso(4) * 90
  const x = colonna * LATO + MARGINE
  const y = riga * LATO + MARGINE
  const base = `<rect width="${l}" height="${l}" rx="4" fill="${forma ? fondo : TENUI[caso(TENUI.length)]}"/>`
  const disegno = forma && `<g transform="rotate(${giro} ${l / 2} ${l / 2})" fill="${TINTE[caso(TINTE.length)]}">${forma}</g>`
  return `<g transform="translate(${x} ${y})">${base}${disegno}</g>`
}

/** Rows of tiles; the same `seme` always draws the same. */
export function celle(colonne, righe, seme) {
  const caso = sequenza(seme)
  const tutte = []
  for (let riga = 0; riga < righe; riga += 1) {
    for (let colonna = 0; colonna < colonne; colonna += 1) tutte.push(tessera(riga, colonna, caso))
  }
  return tutte.join('')
}

export function mosaico(colonne, righe, seme = 7) {
  const riquadro = `0 0 ${colonne * LATO} ${righe * LATO}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${riquadro}">${celle(colonne, righe, seme)}</svg>\n`
}
