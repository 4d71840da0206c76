// What is typed in a long form of the reserved area is kept on the server, encrypted, a moment after the last key.
const ATTESA = 1500

export function avviaBozza() {
  document.querySelectorAll('form[data-bozza]').forEach((modulo) => {
    const esito = modulo.querySelector('[data-bozza-esito]')
    let timer
    const salva = async () => {
      const dati = new FormData(modulo)
      for (const [nome, valore] of [...dati]) if (valore instanceof File) dati.delete(nome)
      const risposta = await fetch(modulo.dataset.bozza, { method: 'POST', body: dati, redirect: 'error' }).catch(() => null)
      esito.textContent = risposta?.ok ? esito.dataset.fatto : esito.dataset.no
    }
    modulo.addEventListener('input', () => {
      clearTimeout(timer)
      timer = setTimeout(salva, ATTESA)
    })
    modulo.addEventListener('submit', () => clearTimeout(timer))
  })
}
