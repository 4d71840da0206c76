// <details data-menu>: closes with Escape, with a tap elsewhere, and one at a time.
function chiudi(menu, riportaFuoco = false) {
  menu.open = false
  if (riportaFuoco) menu.querySelector('summary').focus()
}

export function avviaMenu() {
  const aperti = () => [...document.querySelectorAll('details[data-menu][open]')]

  document.addEventListener('keydown', (evento) => {
    if (evento.key === 'Escape') aperti().forEach((menu) => chiudi(menu, true))
  })
  document.addEventListener('click', (evento) => {
    aperti()
      .filter((menu) => !menu.contains(evento.target) && !evento.target.closest('[data-menu-corpo]'))
      .forEach((menu) => chiudi(menu))
  })
}
