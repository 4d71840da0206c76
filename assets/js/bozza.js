// What is typed in a long form of the reserved area is kept on the server, encrypted, a moment after the last key.
const ATTESA = 1500

// «10.42», as hours are written everywhere on the site.
const adesso = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' }).replace(':', '.')

export function avviaBozza() {
  document.querySelectorAll('form[data-bozza]').forEach((modulo) => {
    const esito = modulo.querySelector('[data-bozza-esito]')
    let timer
    const salva = async () => {
      const dati = new FormData(modulo)
      for (const [nome, valore] of [...dati]) if (valore instanceof File) dati.delete(nome)
      const risposta = await fetch(modulo.dataset.bozza, { method: 'POST', body: dati, redirect: 'error' }).catch(() => null)
      const detto = risposta?.ok ? esito.dataset.fatto.replace('{ora}', adesso()) : esito.dataset.no
      if (esito.textContent !== detto) esito.textContent = detto // who listens hears it once a minute at most
    }
    modulo.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(salva, ATTESA)
    })
    modulo.addEventListener('submit', () => clearTimeout(timer))
    if (modulo.querySelector('.riepilogo-errori')) salva() // refused as it was sent: a link of its page leads away
  })
}
