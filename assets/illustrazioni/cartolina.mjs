// Prints the 1200×630 card shown by whoever shares an address, its typeface inside: disegna.py makes it a picture.
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { celle } from '../svg/mosaico.mjs'

const assets = join(dirname(fileURLToPath(import.meta.url)), '..')
const marchio = (await readFile(join(assets, 'svg', 'marchio', 'marchio.svg'), 'utf8')).replace(/<\/?svg[^>]*>/g, '')
const carattere = (await readFile(join(assets, 'dist', 'tessere', 'fonts', 'titillium-700.woff2'))).toString('base64')

process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<style>@font-face{font-family:Titillium;font-weight:700;src:url(data:font/woff2;base64,${carattere})}</style>
<rect width="1200" height="630" fill="#0B5563"/><g transform="translate(90 190) scale(4.5)">${marchio.trim()}</g>
<text x="310" y="310" font-family="Titillium" font-weight="700" font-size="132" fill="#fff">Tessere</text>
<g transform="translate(0 510) scale(3)">${celle(10, 1, 7)}</g></svg>`)
