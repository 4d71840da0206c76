"""Pages in which the network tells about itself."""

from datetime import date

import factory

from home.models import HomePage, NotiziaPage, NotizieIndexPage, PaginaSemplice

from .pagine import PaginaFactory, italian


class NotiziaPageFactory(PaginaFactory):
    class Meta:
        model = NotiziaPage

    parent = factory.LazyFunction(lambda: italian(NotizieIndexPage))
    title = factory.Sequence(lambda n: f"Notizia {n}")
    data = date(2024, 5, 1)


class PaginaSempliceFactory(PaginaFactory):
    class Meta:
        model = PaginaSemplice

    parent = factory.LazyFunction(lambda: italian(HomePage))
