namespace Deliverybot.Sandbox.PostgreSql;

/// <summary>PostgreSQL can't be found or doesn't start; the message says what to do about it.</summary>
public sealed class PostgreSqlException(string message, Exception? inner = null) : Exception(message, inner);
