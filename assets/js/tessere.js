// Entry of the only script. Every page works without it: these are comforts.
import htmx from 'htmx.org'
import { avviaAzioni } from './azioni.js'
import { avviaBozza } from './bozza.js'
import { avviaFiltri } from './filtri.js'
import { avviaMenu } from './menu.js'
import { avviaStampa } from './stampa.js'
import { avviaSuggerimenti } from './suggerimenti.js'

htmx.config.includeIndicatorCSS = false // our style sheet has the rule: no inline style under the strict policy
htmx.config.noSwap = [204, 304, '4xx', '5xx'] // an error page never lands inside a list
htmx.config.history = 'reload'
htmx.config.defaultTimeout = 15000
htmx.config.morphIgnore = ['data-htmx-powered', 'open'] // what one has opened or closed stays so

avviaMenu()
avviaAzioni()
avviaBozza()
avviaFiltri()
avviaStampa()
avviaSuggerimenti()
