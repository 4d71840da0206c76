"""Searching, as people do it: with a thumb, with the keyboard alone, without scripts, in Arabic."""

import re

from playwright.sync_api import Page, expect


def box(page: Page):
    return page.get_by_role("main").locator("input[type=search]")


def test_person_types_three_letters_and_lands_on_the_sheet(open_page):
    page = open_page("/", width=375)
    box(page).press_sequentially("lavand")
    page.get_by_role("option", name=re.compile("Lavanderia dei Lavatoi")).click()
    expect(page.locator("h1")).to_have_text("Lavanderia dei Lavatoi")


def test_suggestions_are_walked_with_the_keyboard_alone(open_page):
    page = open_page("/cerca/")
    field = box(page)
    field.press_sequentially("lav")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("main .cerca [role=status]")).to_have_text(re.compile(r"\d+ suggerimenti"))
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("lav")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowUp")
    field.press("Enter")
    expect(page).not_to_have_url(re.compile("/cerca/$"))


def test_enter_without_a_choice_searches_for_the_words(open_page):
    page = open_page("/")
    box(page).press_sequentially("dove dormire")
    box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/cerca/\?q=dove\+dormire"))
    expect(page.locator(".trovati")).to_contain_text("Dormitorio La Lanterna")
    assert page.locator(".trovati mark").count()


def test_filters_narrow_live_keep_what_one_opened_and_say_the_count(open_page):
    page = open_page("/cerca/?q=mensa")
    before = page.locator(".risultati__conto").inner_text()
    page.locator("#gruppo-comune summary").click()
    page.locator("#gruppo-comune input").first.check()
    expect(page).to_have_url(re.compile("q=mensa&comune="))
    expect(page.locator(".risultati__conto")).not_to_have_text(before)
    expect(page.locator("#gruppo-comune")).to_have_attribute("open", "")
    expect(page.locator("[data-annuncio]")).to_have_text(page.locator(".risultati__conto").inner_text())
    page.locator(".chip-filtro").click()
    expect(page.locator(".risultati__conto")).to_have_text(before)


def test_everything_works_without_scripts(open_page):
    page = open_page("/", js=False, width=375)
    box(page).fill("vestiti")
    page.get_by_role("main").get_by_role("button", name="Cerca").click()
    expect(page.locator(".trovati")).to_contain_text("Guardaroba")
    page.locator("summary", has_text="Filtra").click()
    page.locator("input[name=gratuito]").check()
    page.get_by_role("button", name="Applica").click()
    expect(page).to_have_url(re.compile("q=vestiti.*gratuito=on"))
    box(page).fill("scarpe")
    page.get_by_role("main").get_by_role("button", name="Cerca").click()
    expect(page).to_have_url(re.compile("q=scarpe.*gratuito=on"))


def test_mistyped_word_is_understood_and_said(open_page):
    page = open_page("/cerca/?q=lavandria")
    expect(page.locator(".risultati__testa")).to_contain_text("risultati simili")
    page.locator(".risultati__forse a").click()
    expect(page.locator(".risultati__conto")).to_contain_text("«lavanderia»")


def test_arabic_word_finds_italian_sheets_and_says_so(open_page):
    page = open_page("/ar/cerca/?q=طعام")
    title = page.locator(".trovato .scheda__link[lang=it]").first
    expect(title).to_be_visible()
    assert page.locator(".trovato").first.locator("xpath=ancestor::html[@dir='rtl']").count()
