// The catalogue's filter panel: a plain <details> that opens by itself on a desk and, on a phone, closes with
// "Mostra N servizi". After htmx has swapped the results the panel's button repeats their count.
const GRANDE = window.matchMedia('(min-width: 62rem)')

function adatta(pannello) {
  pannello.open = GRANDE.matches
}

function aggiornaConteggio(pannello) {
  const conteggio = document.querySelector('[data-conteggio]')
  const bottone = pannello.querySelector('[data-mostra]')
  if (!conteggio) return
  if (bottone) bottone.textContent = conteggio.dataset.conteggio
  document.querySelector('[data-annuncio]').textContent = conteggio.textContent.replace(/\s+/g, ' ').trim()
}

/** Addresses short enough to be shared: what is empty or as usual is left out of them. */
function accorcia(evento) {
  const { request } = evento.detail.ctx
  if (request.method !== 'GET' || !(request.body instanceof FormData)) return
  const usuale = document.querySelector('select[name=ordina]')?.dataset.usuale ?? 'nome'
  for (const [nome, valore] of [...request.body]) {
    if (valore === '' || (nome === 'ordina' && valore === usuale)) request.body.delete(nome)
  }
}

function mostraErrore(nascosto) {
  const errore = document.querySelector('[data-errore]')
  if (errore) errore.hidden = nascosto
}

/** Other foldable parts that stand open on a desk only: the index of a sheet. */
function avviaPieghevoli() {
  const adattaTutti = () => document.querySelectorAll('details[data-aperto-largo]').forEach(adatta)
  adattaTutti()
  GRANDE.addEventListener('change', adattaTutti)
}

export function avviaFiltri() {
  avviaPieghevoli()
  const pannello = document.querySelector('details[data-filtri]')
  if (!pannello) return
  document.documentElement.classList.add('is-vivo')
  adatta(pannello)
  GRANDE.addEventListener('change', () => adatta(pannello))
  document.addEventListener('htmx:config:request', accorcia)
  document.addEventListener('htmx:after:swap', () => aggiornaConteggio(pannello))
  document.addEventListener('htmx:before:request', () => mostraErrore(true))
  document.addEventListener('htmx:error', () => mostraErrore(false))
  document.addEventListener('htmx:response:error', () => mostraErrore(false))
  pannello.addEventListener('toggle', () => {
    document.documentElement.classList.toggle('is-pannello', pannello.open && !GRANDE.matches)
  })
  pannello.addEventListener('click', (evento) => {
    if (evento.target.closest('[data-chiudi]')) {
      pannello.open = false
      pannello.querySelector('summary').focus()
    }
  })
}
