// A page of the reserved area that goes to the printer, by its own button or by the browser's, is told to the register.
export function avviaStampa() {
  const modulo = document.querySelector('form[data-stampa]')
  if (modulo) addEventListener('beforeprint', () => navigator.sendBeacon(modulo.action, new FormData(modulo)))
}
