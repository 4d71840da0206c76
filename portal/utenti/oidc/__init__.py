"""Signing in through an OpenID Connect gateway (SPID, CIE): for accounts the desk has made, linked by their owner."""
