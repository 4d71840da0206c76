# Bastano Python 3.11 e make: tutto il resto si installa da solo in .venv, node_modules e .local.
PYTHON ?= python3
TESSERE = @$(PYTHON) -m portal.embedded
export PORTA_PUBBLICO PORTA_RISERVATO ARGS
.DEFAULT_GOAL := help
.PHONY: help demo demo-start demo-stop demo-status test matrice check e2e bench prepara manage lock clean

help: ## Mostra questo elenco.
	$(TESSERE) help
demo: ## Prepara e accende il portale su questo computer, finché non premi Ctrl-C.
	$(TESSERE) demo
demo-start: ## Accende il portale in sottofondo e torna quando risponde.
	$(TESSERE) demo-start
demo-stop: ## Spegne il portale acceso in sottofondo.
	$(TESSERE) demo-stop
demo-status: ## Dice che cosa è acceso e dove.
	$(TESSERE) demo-status
test: ## Esegue le prove (ARGS="-k emporio" ne sceglie alcune).
	$(TESSERE) test
matrice: ## Prova a fondo chi vede che cosa: ogni indirizzo, storie a caso, fughe di parole (qualche minuto).
	$(TESSERE) matrice
check: ## Controlla stile, tipi, dipendenze, template, migrazioni, traduzioni e impostazioni.
	$(TESSERE) check
e2e: ## Esegue le prove nel browser (serve Chromium).
	$(TESSERE) e2e
bench: ## Misura la velocità delle pagine e scrive i risultati in JSON.
	$(TESSERE) bench
prepara: ## Installa ciò che serve per sviluppare, senza accendere nulla.
	$(TESSERE) prepara
manage: ## Esegue un comando di Django sulla banca dati della demo (ARGS="shell").
	$(TESSERE) manage
lock: ## Ricalcola requirements/*.txt dalle dipendenze scritte in pyproject.toml.
	$(TESSERE) lock
clean: ## Spegne tutto e cancella ciò che i comandi hanno creato, dati della demo compresi.
	$(TESSERE) clean
