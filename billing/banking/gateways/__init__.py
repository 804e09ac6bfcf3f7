"""Ways to the tax bureau. Only doors may choose one; the services are handed it."""

from billing.banking.gateways.invoices import FileConnector, XmlConnector, connector, connector_for

__all__ = ["FileConnector", "XmlConnector", "connector", "connector_for"]
