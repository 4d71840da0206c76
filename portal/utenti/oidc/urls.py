"""The way to the gateway and back, under the names allauth knows; a gateway that is not configured is not there."""

from collections.abc import Callable

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from .provider import GettoneVerificato


def _through(step: type) -> Callable[..., HttpResponse]:
    @login_not_required
    def view(request: HttpRequest, provider_id: str) -> HttpResponse:
        adapter = GettoneVerificato(request, provider_id)
        try:
            return step.adapter_view(adapter)(request)  # type: ignore[attr-defined]
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except OAuth2Error as error:  # on the way there: it does not answer, or calls itself otherwise
            return render_authentication_error(request, adapter.get_provider(), exception=error)

    return view


urlpatterns = [
    path("oidc/<slug:provider_id>/login/", _through(OAuth2LoginView), name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", _through(OAuth2CallbackView), name="openid_connect_callback"),
]
