"""What part of something a page shows, as its address keeps it."""

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import url_for


@dataclass(frozen=True)
class AddressSelection:
    """What a page was asked for; what is asked for differently is another selection with an address of its own."""

    endpoint: ClassVar[str]
    """The page whose selection it is."""

    def url(self, endpoint: str = "", **changes: Any) -> str:
        """The address of this selection, or of a changed one, on its page or on another one that understands it."""
        return url_for(endpoint or self.endpoint, **replace(self, **changes).arguments())

    @abstractmethod
    def arguments(self) -> dict[str, Any]:
        """All that the address says, by the names it has there; None where it need not be said."""
