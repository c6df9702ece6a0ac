package io.parley.messages;

import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.UUID;

/** The SQL that digests the beginnings of a branch, as {@link BranchDigest} does. It reads the whole branch once. */
final class BranchDigestStore {
    // OFFSET 0, so that the hashes are sorted and not the contents.
    private static final String SELECT = """
        SELECT d.id, d.message_count, d.digest
          FROM (SELECT h.id, count(*) OVER so_far AS message_count, bit_xor(h.hash) OVER so_far AS digest
                  FROM (SELECT m.id, m.created_at,
                               ('x' || encode(substr(sha256(convert_to(m.id::text || coalesce(m.content, ''), 'UTF8')),
                                                     1, 8), 'hex'))::bit(64)::bigint AS hash
                         ${live}
                           AND m.user_id = #{user_id} AND m.conversation_id = #{conversation_id} OFFSET 0) h
                WINDOW so_far AS (ORDER BY h.created_at, h.id)) d
         WHERE d.id = ANY(#{up_to}::uuid[])
        """;

    private static final String UNBRANCHED = SELECT.replace("${live}", MessageRow.LIVE_IN_UNBRANCHED_CONVERSATION);

    private static final String BRANCH = """
        WITH RECURSIVE branch (id, parent_id) AS (
            SELECT l.id, l.parent_id FROM messages l
             WHERE l.user_id = #{user_id} AND l.conversation_id = #{conversation_id} AND l.id = #{leaf_id}
            UNION ALL
            SELECT p.id, p.parent_id
              FROM branch JOIN messages p ON p.user_id = #{user_id} AND p.id = branch.parent_id)
        """
            + SELECT.replace(
                    "${live}",
                    " FROM branch JOIN messages m ON m.user_id = #{user_id} AND m.id = branch.id"
                            + " WHERE m.deleted_at IS NULL");

    private final Database database;

    BranchDigestStore(Database database) {
        this.database = database;
    }

    // Most conversations have no branches. Their messages are read by time, which needs no leaf. The plan for any
    // values would also read an index of all the user's messages.
    Future<Messages.Digests> find(Messages.FindDigests query) {
        var parameters = Parameters.of("user_id", query.caller().userId())
                .and("conversation_id", query.conversationId())
                .and("up_to", query.upTo().toArray(UUID[]::new));
        return database.queryWithCustomPlan(UNBRANCHED, BranchDigestStore::upTo)
                .list(parameters)
                .compose(found -> found.isEmpty()
                        ? database.query(BRANCH, BranchDigestStore::upTo)
                                .list(parameters.and("leaf_id", query.leafId()))
                        : Future.succeededFuture(found))
                .map(Messages.Digests::new);
    }

    private static UpTo upTo(Row row) {
        var digest = new BranchDigest((int) Rows.bigint(row, "message_count"), Rows.bigint(row, "digest"));
        return new UpTo(Rows.uuid(row, "id"), digest);
    }
}
