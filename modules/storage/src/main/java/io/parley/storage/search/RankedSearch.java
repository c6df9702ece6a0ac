package io.parley.storage.search;

import io.parley.contracts.search.RankCursor;
import io.parley.contracts.search.Search.Hit;
import io.parley.contracts.search.Search.Results;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A full-text search in pages, best hits first. Only the newest {@code window} matches are ranked, so that the planner can
 * read a frequent word from the newest row on and a rare word from the index of words, and in neither case all rows.
 *
 * @param candidates selects {@code id}, {@code created_at} and {@code search} of the rows of {@code #{user_id}}, up to
 *     and including the first part of its {@code WHERE}
 * @param table of the rows with those ids; its key is {@code (user_id, id)}
 * @param columns of a hit besides {@code id}, {@code rank}, {@code created_at} and {@code snippet}
 * @param text expression that the snippet is made from
 * @param window number of matches that are ranked
 */
public record RankedSearch(
        Database database,
        String candidates,
        String table,
        String columns,
        String text,
        int window,
        Function<Row, Hit> row) {
    // Later pages leave out rows that were created after the first page was read. An imported row can have a time far
    // in the future; it was there for the first page as well.
    private static final String CREATED_BEFORE_THE_FIRST_PAGE =
            "AND (created_at <= #{as_of} OR created_at > #{as_of}::timestamptz + interval '1 day')";
    private static final String WORDS = "websearch_to_tsquery(search_configuration(), search_text(#{words}))";

    /** At most {@code limit} hits after the cursor, ordered by rank and then from new to old. */
    public Future<Results> best(UUID userId, String query, int limit, @Nullable RankCursor after) {
        var parameters = Parameters.of("user_id", userId)
                .and("words", SearchWords.of(query))
                .and("limit", limit + 1);
        if (after != null) {
            parameters
                    .and("as_of", after.asOf())
                    .and("rank", after.rank())
                    .and("at", after.at())
                    .and("id", after.id());
        }
        return database.queryWithCustomPlan(sql(after != null), this::ranked)
                .list(parameters)
                .map(rows -> best(rows, limit, after));
    }

    private record Ranked(Hit hit, Instant asOf) {}

    private Ranked ranked(Row row) {
        return new Ranked(this.row.apply(row), Rows.instant(row, "as_of"));
    }

    private static Results best(List<Ranked> rows, int limit, @Nullable RankCursor after) {
        var hits = rows.stream().limit(limit).map(Ranked::hit).toList();
        var asOf = after != null
                ? after.asOf()
                : rows.isEmpty() ? Instant.EPOCH : rows.get(0).asOf();
        return new Results(hits, rows.size() > limit, asOf);
    }

    // Snippets are expensive, so they are made last and only for the rows of the page.
    private String sql(boolean isLaterPage) {
        return """
            SELECT best.id, best.rank, best.created_at, now() AS as_of, %s,
                   ts_headline(search_configuration(), translate(search_text(%s), U&'\\0002\\0003', ''), %s, '%s') AS snippet
              FROM (SELECT id, created_at, rank
                      FROM (SELECT id, created_at, ts_rank(search, %s, 1) AS rank
                              FROM (%s AND search @@ %s %s
                                     ORDER BY created_at DESC, id DESC
                                     LIMIT %d) AS candidates) AS ranked
                     %s
                     ORDER BY rank DESC, created_at DESC, id DESC
                     LIMIT #{limit}) AS best
              JOIN %s AS found ON found.user_id = #{user_id} AND found.id = best.id
             ORDER BY best.rank DESC, best.created_at DESC, best.id DESC
            """.formatted(
                        columns,
                        text,
                        WORDS,
                        Snippet.OPTIONS,
                        WORDS,
                        candidates,
                        WORDS,
                        isLaterPage ? CREATED_BEFORE_THE_FIRST_PAGE : "",
                        window,
                        isLaterPage ? "WHERE (rank, created_at, id) < (#{rank}, #{at}, #{id})" : "",
                        table);
    }
}
