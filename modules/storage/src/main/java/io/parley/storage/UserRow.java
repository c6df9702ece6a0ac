package io.parley.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * A row that background work has picked without a lock. It is handled by a statement that names its user and checks its
 * condition again, so two nodes that pick the same row do nothing twice.
 */
public record UserRow(UUID userId, UUID id) {
    /** Reads a row with the columns {@code user_id} and {@code id}. */
    public static UserRow of(Row row) {
        return new UserRow(Rows.uuid(row, "user_id"), Rows.uuid(row, "id"));
    }

    /**
     * Handles the rows of one user after the other, in their order.
     *
     * @param work gets a user and the ids of their rows, and reports how many rows it changed
     * @return the sum of what the work reports
     */
    public static Future<Integer> eachUser(List<UserRow> rows, BiFunction<UUID, UUID[], Future<Integer>> work) {
        Future<Integer> sum = Future.succeededFuture(0);
        for (var user : byUser(rows).entrySet())
            sum = sum.compose(
                    before -> work.apply(user.getKey(), user.getValue().toArray(UUID[]::new))
                            .map(changed -> before + changed));
        return sum;
    }

    private static Map<UUID, List<UUID>> byUser(List<UserRow> rows) {
        var byUser = new LinkedHashMap<UUID, List<UUID>>();
        for (var row : rows)
            byUser.computeIfAbsent(row.userId(), user -> new ArrayList<>()).add(row.id());
        return byUser;
    }
}
