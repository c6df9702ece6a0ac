package io.parley.conversations;

import io.parley.contracts.SortCursor;
import io.parley.contracts.SortRequest;
import io.parley.contracts.SortedPage;
import io.parley.contracts.Tags;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.Filter;
import io.parley.contracts.conversations.Conversations.Sort;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest.Order;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.SortedListing;
import io.parley.storage.SortedListing.Start;
import io.parley.storage.sorted.SortKey;
import io.parley.storage.sorted.SortKey.Kind;
import io.parley.storage.sorted.SortedRow;
import io.parley.storage.sorted.SortedRows;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of lists of conversations that are not in the trash. */
final class ConversationLists {
    // Those that only hold the responses of a program together are in no list.
    private static final String SHOWN = "deleted_at IS NULL AND origin = 'person'";

    private static final String LIVE = "conversations WHERE user_id = #{user_id} AND " + SHOWN;

    // The index on the time of creation is that of a table whose rows no message touches. OFFSET 0 keeps the planner
    // from reading all conversations for a join.
    private static final String BY_CREATION = """
        (SELECT s.id AS search_id, s.created_at AS begun_at FROM conversation_search s WHERE s.user_id = #{user_id}) AS begun
         CROSS JOIN LATERAL (
              SELECT l.* FROM conversations l WHERE l.user_id = #{user_id} AND l.id = begun.search_id OFFSET 0) AS conversation
         WHERE\s""" + SHOWN;

    private static final SortKey UPDATED = new SortKey("updated_at", Kind.TIME);
    private static final SortKey CREATED = new SortKey("begun_at", Kind.TIME);

    // No index: a message would rewrite its entry each time, for a list that is rarely asked for. The server keeps no
    // more than a page of what it sorts.
    private static final SortKey TITLE = new SortKey("lower(title)", Kind.TEXT);

    private final Database database;

    ConversationLists(Database database) {
        this.database = database;
    }

    /** Those that are archived, or those that are not. */
    Future<Page<Conversation>> list(Conversations.ListMine query) {
        return new Listing<>(
                        database,
                        "SELECT " + ConversationRow.COLUMNS + " FROM conversations WHERE " + SHOWN + " AND "
                                + archived(Boolean.TRUE.equals(query.filter().archived())),
                        ConversationRow.LARGE,
                        "updated_at",
                        "id",
                        ConversationRow::conversation,
                        each -> new Cursor(each.updatedAt(), each.id()))
                .page(conditions(query.caller(), query.filter()), query.page());
    }

    /** Fails invalid if the cursor is not one of a list that is sorted like this. */
    Future<SortedPage<Conversation>> list(Conversations.ListSorted query) {
        var cursor = query.page().cursor();
        if (cursor != null && !cursor.isOf(query.sort())) throw SortRequest.invalidCursor();
        return rows(query).map(rows -> listing(LIVE, "id").page(rows, query.page(), row -> cursor(query.sort(), row)));
    }

    private Future<SortedRows<Conversation>> rows(Conversations.ListSorted query) {
        return switch (query.sort()) {
            case UPDATED_AT -> byUpdate(query);
            case CREATED_AT -> stretch(query, listing(BY_CREATION, "search_id"), archived(query.filter()), CREATED);
            case TITLE -> byTitle(query);
        };
    }

    // Those that are archived are in an index of their own.
    private Future<SortedRows<Conversation>> byUpdate(Conversations.ListSorted query) {
        var chosen = query.filter().archived();
        if (chosen != null) return stretch(query, listing(LIVE, "id"), archived(chosen), UPDATED);
        var away = stretch(query, listing(LIVE, "id"), archived(true), UPDATED);
        var others = stretch(query, listing(LIVE, "id"), archived(false), UPDATED);
        return Future.all(away, others).map(both -> away.result().merged(others.result(), order(query)));
    }

    private static Comparator<SortedRow<Conversation>> order(Conversations.ListSorted query) {
        Comparator<SortedRow<Conversation>> ascending = Comparator.<SortedRow<Conversation>, Instant>comparing(
                        row -> row.item().updatedAt())
                .thenComparing(row -> row.item().id().toString());
        return query.page().order() == Order.ASC ? ascending : ascending.reversed();
    }

    private Future<SortedRows<Conversation>> byTitle(Conversations.ListSorted query) {
        var request = query.page();
        var cursor = request.cursor();
        if (cursor != null && cursor.key() == null) return untitled(query, cursor.id(), request.limit());
        return stretch(query, listing(LIVE, "id"), archived(query.filter()) + " AND title IS NOT NULL", TITLE)
                .compose(titled -> {
                    int left = request.limit() - titled.rows().size();
                    // At least one, which shows whether there is a next page.
                    return titled.isComplete()
                            ? untitled(query, null, Math.max(1, left)).map(titled::followedBy)
                            : Future.succeededFuture(titled);
                });
    }

    private Future<SortedRows<Conversation>> untitled(Conversations.ListSorted query, @Nullable UUID after, int limit) {
        var listing = listing(LIVE + " AND title IS NULL AND " + archived(query.filter()), "id");
        var start = after == null ? null : new Start(null, after);
        return listing.stretch(
                conditions(query.caller(), query.filter()), start, query.page().order(), limit);
    }

    private Future<SortedRows<Conversation>> stretch(
            Conversations.ListSorted query, SortedListing<Conversation> listing, String condition, SortKey key) {
        var cursor = query.page().cursor();
        var narrowed = listing(listing.from() + " AND " + condition, listing.id());
        return narrowed.stretch(
                conditions(query.caller(), query.filter()),
                key,
                start(key, cursor),
                query.page().order(),
                query.page().limit());
    }

    private static @Nullable Start start(SortKey key, @Nullable SortCursor cursor) {
        if (cursor == null) return null;
        if (cursor.key() == null) throw SortRequest.invalidCursor();
        return new Start(key.read(cursor.key()), cursor.id());
    }

    private static SortCursor cursor(Sort sort, SortedRow<Conversation> row) {
        return SortCursor.of(sort, SortKey.written(row.key()), row.item().id());
    }

    private SortedListing<Conversation> listing(String from, String id) {
        return new SortedListing<>(
                database, ConversationRow.COLUMNS, from, id, ConversationRow.LARGE, ConversationRow::conversation);
    }

    private static String archived(boolean isArchived) {
        return isArchived ? "archived" : "NOT archived";
    }

    private static String archived(Filter filter) {
        return filter.archived() == null ? "true" : archived(filter.archived());
    }

    /** The filters but whether it is archived. */
    static Conditions conditions(Caller caller, Filter filter) {
        var conditions = Conditions.of("user_id = #{user_id}", "user_id", caller.userId());
        if (filter.pinned() != null)
            conditions.in(
                    filter.pinned() ? "pinned AND user_id = #{user_id}" : "NOT pinned AND user_id = #{user_id}",
                    "user_id",
                    caller.userId());
        if (!filter.tags().isEmpty())
            conditions.and(
                    "tag_keys <> '{}' AND tag_keys @> #{tag_keys}",
                    "tag_keys",
                    Tags.keys(filter.tags()).toArray(String[]::new));
        return conditions;
    }
}
