package io.parley.storage.replicas;

import io.vertx.sqlclient.Row;

/**
 * What a primary and its standbys have in common.
 *
 * @param system the system identifier, made by initdb
 * @param database the object id of the database
 */
record ServerIdentity(long system, long database) {
    /** From the columns {@code system_identifier} and {@code database}. */
    static ServerIdentity of(Row row) {
        return new ServerIdentity(row.getLong("system_identifier"), row.getLong("database"));
    }
}
