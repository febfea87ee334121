"""What can be wrong with an expression: in its text, or in the values that it meets."""


class ExpressionError(ValueError):
    """An expression that can't be parsed. `offset` (from 0) and `length` say where in its text, `hint` what to do."""

    def __init__(self, message: str, offset: int, length: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length
        self.hint = hint


class ExpressionFailed(ValueError):
    """An expression that has no value with the values it was given, as a sentence without its full stop."""
