// Builds assets/dist/tessere: style sheets (left-to-right and right-to-left), script, fonts, sprites, pictures.
// The same input always gives the same bytes: no dates, no random numbers, files in name order.
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { PurgeCSS } from 'purgecss'
import rtlcss from 'rtlcss'
import * as sass from 'sass'
import { mosaico } from './svg/mosaico.mjs'

const qui = dirname(fileURLToPath(import.meta.url))
const uscita = join(qui, 'dist', 'tessere')
const moduli = join(qui, 'node_modules')
const caratteri = join(moduli, 'bootstrap-italia', 'dist', 'fonts')

const FONTI = {
  'titillium-400': 'Titillium_Web/titillium-web-v10-latin-ext_latin-regular',
  'titillium-600': 'Titillium_Web/titillium-web-v10-latin-ext_latin-600',
  'titillium-700': 'Titillium_Web/titillium-web-v10-latin-ext_latin-700',
  'lora-400': 'Lora/lora-v20-latin-ext_latin-regular',
}

/** What no template names: state set by scripts, markup made by Django's forms, Wagtail and htmx. */
const SALVI = {
  standard: [/^htmx-/, /^tinta-/, /^is-/, /^alert-/, /^was-validated/, /^errorlist/, /^richtext/, /^stato--/, /^voce--/, /^quadro__tratto--/],
  greedy: [/:lang/, /\[dir/],
}

/** Tags and field types that only Django's widgets and editors' texts write. */
const SCRITTI_ALTROVE =
  'input select option textarea fieldset legend label checkbox radio file text email password number date time tel url ' +
  'blockquote address ol ul li hr h1 h2 h3 h4 table thead tbody th td caption b i strong em sup sub'

async function foglioDiStile() {
  const { css } = sass.compile(join(qui, 'scss', 'tessere.scss'), {
    loadPaths: [moduli],
    quietDeps: true,
    silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
  })
  const contenuti = ['templates/**/*.html', '{portal,home,catalogo,search,casi}/**/*.{py,html}', 'assets/js/**/*.js']
  const [pulito] = await new PurgeCSS().purge({
    content: [...contenuti.map((modello) => join(qui, '..', modello)), { raw: SCRITTI_ALTROVE, extension: 'html' }],
    css: [{ raw: css }],
    safelist: SALVI,
    defaultExtractor: (testo) => testo.match(/[\w-]+/g) ?? [],
    fontFace: false,
  })
  const minimo = async (testo) => (await transform(testo, { loader: 'css', minify: true, target: 'es2020' })).code
  await writeFile(join(uscita, 'tessere.css'), await minimo(pulito.css))
  await writeFile(join(uscita, 'tessere.rtl.css'), await minimo(rtlcss.process(pulito.css)))
}

async function script() {
  await build({
    entryPoints: [join(qui, 'js', 'tessere.js')],
    outfile: join(uscita, 'tessere.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
  })
}

/** One <symbol> per file: the file's own root attributes go to the symbol, its ids and titles are dropped. */
async function foglioDiSimboli(voci, destinazione) {
  const simboli = await Promise.all(
    voci.map(async ({ id, file }) => {
      const testo = (await readFile(file, 'utf8')).replace(/\s+/g, ' ')
      const [, attributi, interno] = testo.match(/<svg([^>]*)>(.*)<\/svg>/)
      const riquadro = attributi.match(/viewBox="[^"]+"/)[0]
      const pittura = [...attributi.matchAll(/ (?:fill|stroke[\w-]*)="[^"]+"/g)].map(([a]) => a).join('')
      return `<symbol id="${id}" ${riquadro}${pittura}>${interno.replace(/> </g, '><').trim()}</symbol>`
    }),
  )
  await writeFile(join(uscita, destinazione), `<svg xmlns="http://www.w3.org/2000/svg">${simboli.join('')}</svg>\n`)
}

/** Drawings of ours in svg/<cartella>, in name order; the file's name is the symbol's id. */
async function nostri(cartella) {
  const file = (await readdir(join(qui, 'svg', cartella))).sort()
  return file.map((nome) => ({ id: nome.replace('.svg', ''), file: join(qui, 'svg', cartella, nome) }))
}

async function disegni() {
  const nomi = (await readFile(join(qui, 'icone.txt'), 'utf8')).trim().split('\n')
  const cartella = join(moduli, 'bootstrap-italia', 'src', 'svg')
  const loro = nomi.map((id) => ({ id, file: join(cartella, `${id}.svg`) }))
  await foglioDiSimboli([...loro, ...(await nostri('icone'))], 'icone.svg')
  await foglioDiSimboli(await nostri('tasselli'), 'tasselli.svg')
  await cp(join(qui, 'svg', 'marchio'), join(uscita, 'img'), { recursive: true })
  await writeFile(join(uscita, 'img', 'mosaico.svg'), mosaico(7, 6))
  await writeFile(join(uscita, 'img', 'fregio.svg'), mosaico(24, 1))
  await cp(join(qui, 'illustrazioni', 'cartolina.png'), join(uscita, 'img', 'cartolina.png'))
}

async function copiaCaratteri() {
  await mkdir(join(uscita, 'fonts'), { recursive: true })
  for (const [nome, origine] of Object.entries(FONTI)) {
    await cp(join(caratteri, `${origine}.woff2`), join(uscita, 'fonts', `${nome}.woff2`))
  }
}

await rm(join(qui, 'dist'), { recursive: true, force: true })
await mkdir(join(uscita, 'img'), { recursive: true })
await Promise.all([foglioDiStile(), script(), disegni(), copiaCaratteri()])
for (const nome of (await readdir(uscita, { recursive: true })).sort()) {
  if (/\.\w+$/.test(nome)) process.stdout.write(`tessere/${nome}\n`)
}
