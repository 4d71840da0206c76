"""Words of retention classes, on a page."""

from django import template

from casi.parole_estratto import da_quando

register = template.Library()
register.filter("da_quando", da_quando)
