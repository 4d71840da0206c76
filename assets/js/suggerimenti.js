// Search boxes that suggest while one types: the ARIA combobox pattern over a form that works by itself.
const ATTESA = 160 // ms after the last key
const MINIMO = 2 // letters
let quante = 0

/** The list under a box, the sentence a screen reader says, and what they need to know of each other. */
function prepara(campo) {
  const casella = campo.querySelector('input[type=search]')
  const elenco = document.createElement('ul')
  elenco.id = `suggerimenti-${(quante += 1)}`
  elenco.className = 'suggerimenti'
  elenco.setAttribute('role', 'listbox')
  elenco.setAttribute('aria-label', campo.dataset.nome)
  elenco.hidden = true
  const annuncio = document.createElement('p')
  annuncio.className = 'visually-hidden'
  annuncio.setAttribute('role', 'status')
  for (const [nome, valore] of [
    ['role', 'combobox'],
    ['aria-autocomplete', 'list'],
    ['aria-expanded', 'false'],
    ['aria-controls', elenco.id],
  ]) {
    casella.setAttribute(nome, valore)
  }
  campo.append(elenco, annuncio)
  return { casella, elenco, annuncio, indirizzo: campo.dataset.suggerimenti, attiva: -1, richiesta: null, timer: 0 }
}

function chiudi(stato) {
  clearTimeout(stato.timer)
  stato.richiesta?.abort()
  stato.elenco.hidden = true
  stato.attiva = -1
  stato.casella.setAttribute('aria-expanded', 'false')
  stato.casella.removeAttribute('aria-activedescendant')
}

function voce(stato, riga, posto) {
  const elemento = document.createElement('li')
  elemento.id = `${stato.elenco.id}-${posto}`
  elemento.className = 'suggerimenti__voce'
  elemento.setAttribute('role', 'option')
  elemento.setAttribute('aria-selected', 'false')
  elemento.dataset.url = riga.url
  const testo = document.createElement('bdi')
  testo.textContent = riga.testo
  const genere = document.createElement('span')
  genere.className = 'suggerimenti__genere'
  genere.textContent = riga.nome
  elemento.append(testo, ' ', genere)
  return elemento
}

function mostra(stato, { suggerimenti, annuncio }) {
  if (document.activeElement !== stato.casella) return
  stato.elenco.replaceChildren(...suggerimenti.map((riga, posto) => voce(stato, riga, posto)))
  stato.annuncio.textContent = annuncio
  stato.attiva = -1
  stato.casella.removeAttribute('aria-activedescendant')
  stato.elenco.hidden = !suggerimenti.length
  stato.casella.setAttribute('aria-expanded', String(!stato.elenco.hidden))
}

async function chiedi(stato) {
  const testo = stato.casella.value.trim()
  stato.richiesta?.abort()
  if (testo.length < MINIMO) return chiudi(stato)
  stato.richiesta = new AbortController()
  try {
    const risposta = await fetch(`${stato.indirizzo}?q=${encodeURIComponent(testo)}`, { signal: stato.richiesta.signal })
    if (risposta.ok) mostra(stato, await risposta.json())
  } catch {
    // Given up for a newer question, or there is no network: the form works all the same.
  }
}

function attiva(stato, posto) {
  const voci = [...stato.elenco.children]
  stato.attiva = posto < -1 ? voci.length - 1 : posto >= voci.length ? -1 : posto
  voci.forEach((elemento, indice) => elemento.setAttribute('aria-selected', String(indice === stato.attiva)))
  const scelta = voci[stato.attiva]
  if (!scelta) return stato.casella.removeAttribute('aria-activedescendant')
  stato.casella.setAttribute('aria-activedescendant', scelta.id)
  scelta.scrollIntoView({ block: 'nearest' })
}

function tasto(stato, evento) {
  if (stato.elenco.hidden || evento.isComposing) {
    if (evento.key === 'ArrowDown' && !evento.isComposing) chiedi(stato)
    return
  }
  const passo = { ArrowDown: 1, ArrowUp: -1 }[evento.key]
  if (passo) {
    evento.preventDefault()
    attiva(stato, stato.attiva + passo)
  } else if (evento.key === 'Escape') {
    evento.preventDefault() // the first Escape closes the list, a second one empties the box
    chiudi(stato)
  } else if (evento.key === 'Enter' && stato.attiva >= 0) {
    evento.preventDefault()
    location.assign(stato.elenco.children[stato.attiva].dataset.url)
  }
}

export function avviaSuggerimenti() {
  document.querySelectorAll('[data-suggerimenti]').forEach((campo) => {
    const stato = prepara(campo)
    stato.casella.addEventListener('input', () => {
      clearTimeout(stato.timer)
      stato.timer = setTimeout(() => chiedi(stato), ATTESA)
    })
    stato.casella.addEventListener('keydown', (evento) => tasto(stato, evento))
    stato.casella.addEventListener('blur', () => chiudi(stato))
    stato.casella.form.addEventListener('submit', () => chiudi(stato))
    stato.elenco.addEventListener('mousedown', (evento) => evento.preventDefault()) // keeps the focus in the box
    stato.elenco.addEventListener('click', (evento) => {
      const scelta = evento.target.closest('[role=option]')
      if (scelta) location.assign(scelta.dataset.url)
    })
  })
}
