# Bastano Python 3.11 e make: tutto il resto si installa da solo in .venv, node_modules e .local.
PYTHON ?= python3
TESSERE = @$(PYTHON) -m portal.embedded
export PORTA_PUBBLICO PORTA_RISERVATO ARGS SEARCH
.DEFAULT_GOAL := help
.PHONY: help demo demo-start demo-stop demo-status test matrice check e2e servizi bench ricerca-start ricerca-stop ricerca-status prepara manage lock clean

help: ## Mostra questo elenco.
	$(TESSERE) help
demo: ## Prepara e accende il portale su questo computer, finché non premi Ctrl-C (SEARCH=opensearch: su un motore di ricerca).
	$(TESSERE) demo
demo-start: ## Accende il portale in sottofondo e torna quando risponde.
	$(TESSERE) demo-start
demo-stop: ## Spegne il portale acceso in sottofondo.
	$(TESSERE) demo-stop
demo-status: ## Dice che cosa è acceso e dove.
	$(TESSERE) demo-status
test: ## Esegue le prove (ARGS="-k emporio" ne sceglie alcune).
	$(TESSERE) test
matrice: ## Le prove lunghe: chi vede che cosa (indirizzi, storie a caso, fughe di parole), pagine con molte righe, la demo intera.
	$(TESSERE) matrice
check: ## Controlla stile, tipi, dipendenze, template, migrazioni, traduzioni e impostazioni.
	$(TESSERE) check
e2e: ## Esegue le prove nel browser (serve Chromium).
	$(TESSERE) e2e
servizi: ## Esegue le prove di ricerca su Elasticsearch e OpenSearch veri, scaricati e accesi apposta (serve Maven).
	$(TESSERE) servizi $(SEARCH)
bench: ## Misura la velocità delle pagine e scrive i risultati in JSON.
	$(TESSERE) bench
ricerca-start: ## Accende un motore di ricerca per provarlo (SEARCH=elasticsearch oppure SEARCH=opensearch).
	$(TESSERE) ricerca-start $(SEARCH)
ricerca-stop: ## Spegne i motori di ricerca accesi per prova.
	$(TESSERE) ricerca-stop $(SEARCH)
ricerca-status: ## Dice quali motori di ricerca sono accesi e dove.
	$(TESSERE) ricerca-status $(SEARCH)
prepara: ## Installa ciò che serve per sviluppare, senza accendere nulla.
	$(TESSERE) prepara
manage: ## Esegue un comando di Django sulla banca dati della demo (ARGS="shell").
	$(TESSERE) manage
lock: ## Ricalcola requirements/*.txt dalle dipendenze scritte in pyproject.toml.
	$(TESSERE) lock
clean: ## Spegne tutto e cancella ciò che i comandi hanno creato, dati della demo compresi.
	$(TESSERE) clean
