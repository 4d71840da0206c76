"""Numbers of a case in words, on a page."""

from django import template

from casi.parole import fascia

register = template.Library()
register.filter("fascia", fascia)
