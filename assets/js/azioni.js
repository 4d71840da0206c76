// Print, share, copy: the buttons are hidden until this script shows them.
async function condividi(bottone) {
  const dati = { title: document.title, url: location.href.split('#')[0] }
  if (navigator.share) {
    await navigator.share(dati).catch(() => {})
    return
  }
  const esito = bottone.querySelector('[data-esito]')
  try {
    await navigator.clipboard.writeText(dati.url)
    esito.textContent = bottone.dataset.copiato
  } catch {
    location.href = `mailto:?subject=${encodeURIComponent(dati.title)}&body=${encodeURIComponent(dati.url)}`
  }
}

async function copia(bottone) {
  const esito = bottone.querySelector('[data-esito]')
  const testo = document.querySelector('[data-copia]')
  try {
    await navigator.clipboard.writeText(testo.textContent)
    esito.textContent = bottone.dataset.copiato
  } catch {
    getSelection().selectAllChildren(testo) // as good as copied: one gesture is left
  }
}

const AZIONI = { stampa: () => window.print(), condividi, copia }

export function avviaAzioni() {
  document.querySelectorAll('[data-azione]').forEach((bottone) => {
    bottone.hidden = false
  })
  document.addEventListener('click', (evento) => {
    const bottone = evento.target.closest('[data-azione]')
    if (bottone) AZIONI[bottone.dataset.azione]?.(bottone)
  })
}
