"""Journeys in the reserved area, among the invented households."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pagine import CHIESTA, case_of
from tests.e2e.tastiera import assert_ring

# The strip of an emergency on another case, where every page has it.
FASCIA = """() => document.querySelector("main").insertAdjacentHTML(
    "beforebegin", '<div class="fascia-emergenza" role="status"><p>Accesso in emergenza</p></div>')"""
# How far from the left edge a letter stands.
POSTO = """(element, at) => {
    const range = document.createRange()
    range.setStart(element.firstChild, at)
    range.setEnd(element.firstChild, at + 1)
    return range.getBoundingClientRect().left
}"""
NOTA = "La scelta di Samira è ferma"  # a professional note


def test_social_worker_reads_how_to_call_before_anything_else(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira") + "persone/")
    expect(page.locator("main")).to_contain_text("Chiamare solo di mattina")
    page.goto(siti.riservato + case_of("samira") + "diario/")
    expect(page.locator("main")).to_contain_text(re.compile(NOTA, re.I))


def test_volunteer_finds_his_own_words_and_not_the_notes_of_others(enter, siti):
    page = enter("ettore", width=375)
    page.goto(siti.riservato + case_of("castellari") + "diario/")
    expect(page.locator("main")).to_contain_text("sistemata con un cacciavite")
    expect(page.locator("main")).not_to_contain_text("L'umore di Loris")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize(
    ("username", "storia"), [("amina", "samira"), ("ivana", "samira"), ("sandro", "samira"), ("bruno", "ferrantini")]
)
def test_for_who_is_not_on_it_a_case_does_not_exist(enter, siti, username, storia):
    page = enter(username)
    assert page.request.get(siti.riservato + case_of(storia)).status == 404
    assert page.request.get(siti.riservato + case_of("nobody")).status == 404


def test_privacy_officer_finds_last_nights_emergency(enter, siti):
    page = enter("sandro")
    page.goto(siti.riservato + "/registro/emergenze/")
    expect(page.locator("main")).to_contain_text("Bruno Tassimondi")
    expect(page.locator("main")).not_to_contain_text("pronto soccorso")


def test_printed_access_report_says_neither_how_to_reach_the_person_nor_of_another_household(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira") + "accessi/")
    page.evaluate(FASCIA)
    said = (page.locator(".caso-testa"), page.locator(".fascia-emergenza"))
    for each in said:
        expect(each).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".rapporto")).to_be_visible()
    for each in said:
        expect(each).to_be_hidden()


def test_who_goes_by_keyboard_sees_where_she_is(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + "/casi/")
    assert_ring(page)


def test_what_is_wrong_is_summed_above_the_form_and_leads_to_its_field(enter, siti):
    page = enter("ettore", width=375)
    page.goto(siti.riservato + "/ascolti/nuovo/")
    for words in ("Di persona", "La persona stessa", "Vestirsi", "Proposta di presa in carico"):
        page.get_by_label(words).check()
    for words in ("Che cosa racconta", "Su che cosa e su chi può contare"):
        page.get_by_label(words).fill("Una sorella.")
    page.get_by_role("button", name="Salva l'ascolto").click()
    summary = page.locator(".riepilogo-errori")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(summary.locator("a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Informativa consegnata")).to_be_focused()


def test_long_form_lists_its_parts_to_go_back_to(enter, siti):
    page = enter("ettore", width=375)
    page.goto(siti.riservato + "/ascolti/nuovo/")
    page.get_by_role("navigation", name="Le parti di questo modulo").get_by_role("link", name="Com'è andata").click()
    expect(page.get_by_role("group", name="4. Com'è andata")).to_be_in_viewport()


def test_who_asks_for_help_hears_what_is_missing_and_prints_the_number_to_call(open_page, siti):
    page = open_page("/chiedi-aiuto/?lingua=ar", site="riservato", width=375)
    send = page.locator("form.aiuto__modulo button[type=submit]")
    send.click()
    expect(page.locator(".riepilogo-errori")).to_be_focused()
    expect(page.locator(".riepilogo-errori")).to_be_in_viewport()
    page.locator("input[name=canale]").first.check()
    page.locator("input[name=contatto]").fill("0000 512 447")
    send.click()
    expect(page.locator(".ricevuta__codice")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".aiuto__poi bdi")).to_be_visible()
    assert_read_from_the_left(page.locator(".aiuto__poi bdi"))


def test_form_that_came_too_late_says_so_in_sight(open_page, siti):
    page = open_page("/segnala/?lingua=uk", site="riservato")
    page.set_viewport_size({"width": 375, "height": 667})
    page.locator("textarea[name=persona]").fill("Una canarina al terzo piano")
    page.context.clear_cookies()
    page.locator("form.aiuto__modulo button[type=submit]").click()
    expect(page.locator(".avviso")).to_be_in_viewport(ratio=1)
    expect(page.locator("textarea[name=persona]")).to_have_value("Una canarina al terzo piano")


def test_number_on_a_paper_in_arabic_is_not_turned_round(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + CHIESTA + "copia/")
    page.locator("button[lang=ar]").click()
    expect(page.locator(".rapporto")).to_have_attribute("dir", "rtl")
    assert_read_from_the_left(page.locator(".rapporto dd bdi", has_text="0000"))


def assert_read_from_the_left(number):
    """Of a number in groups, the first stands left of the last."""
    text = number.text_content()
    assert " " in text
    assert number.evaluate(POSTO, 0) < number.evaluate(POSTO, len(text) - 1)


def test_printed_case_holds_the_whole_history(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira"))
    first = page.locator(".storia-prima .storia__evento").last
    expect(first).to_be_hidden()
    page.emulate_media(media="print")
    expect(first).to_be_visible()


def test_what_was_refused_is_still_there_after_going_where_the_refusal_leads(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira") + "diario/scrivi/")
    page.get_by_label("Che cosa vuoi ricordare").fill("Scritto in fretta.")
    page.get_by_label("Quando", exact=True).fill("2198-01-01")
    page.get_by_role("button", name="Salva nel diario").click()
    expect(page.locator(".riepilogo-errori")).to_be_visible()
    expect(page.locator("[data-bozza-esito]")).to_have_text(re.compile("^Bozza salvata"))
    page.goto(siti.riservato + case_of("samira") + "diario/")
    page.goto(siti.riservato + case_of("samira") + "diario/scrivi/")
    expect(page.get_by_label("Che cosa vuoi ricordare")).to_have_value("Scritto in fretta.")
    page.get_by_label("Quando", exact=True).fill("2026-01-02")
    page.get_by_role("button", name="Salva nel diario").click()
    expect(page.locator("main")).to_contain_text("La voce è nel diario.")


def test_what_is_typed_is_kept_and_the_page_says_when(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira") + "diario/scrivi/")
    page.get_by_label("Che cosa vuoi ricordare").fill("Arrivata con la sorella.")
    expect(page.locator("[data-bozza-esito]")).to_have_text(re.compile(r"^Bozza salvata alle \d{1,2}\.\d\d$"))
    page.reload()
    expect(page.get_by_label("Che cosa vuoi ricordare")).to_have_value("Arrivata con la sorella.")
    page.get_by_role("button", name="Salva nel diario").click()
    expect(page.locator("main")).to_contain_text("La voce è nel diario.")
    page.go_back()
    expect(page.get_by_label("Che cosa vuoi ricordare")).to_have_value("")  # or it would be sent, and told, twice


def test_page_sent_to_the_printer_is_in_the_register_before_anybody_asks(enter, siti):
    page = enter("marisa")
    page.goto(siti.riservato + case_of("samira") + "diario/")
    with page.expect_response("**/stampe/*/") as told:
        page.evaluate("window.print()")
    assert told.value.status == 204
    desk = enter("sandro")
    desk.goto(siti.riservato + "/registro/")
    expect(desk.locator("main")).to_contain_text("Ha stampato la pagina che leggeva")
