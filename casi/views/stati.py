"""The HTTP statuses of a page that is not as it was asked for."""

UNAUTHORIZED, FORBIDDEN, CONFLICT = 401, 403, 409
UNPROCESSABLE, TOO_MANY, UNAVAILABLE = 422, 429, 503
