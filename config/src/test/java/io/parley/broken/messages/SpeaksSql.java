package io.parley.broken.messages;

import io.vertx.sqlclient.SqlClient;

/** Only stores do. */
record SpeaksSql(SqlClient client) {}
