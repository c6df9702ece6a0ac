package io.parley.assistant.tools;

import io.parley.contracts.search.RankCursor;
import io.parley.json.Times;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The argument {@code cursor} of tools that list, and the {@code next_cursor} of their results. */
public final class ToolCursors {
    /** Null stays null. Fails invalid unless it is a cursor that a page has returned. */
    static @Nullable Cursor cursor(@Nullable String text) {
        return text == null
                ? null
                : Cursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at()))
                        .orElseThrow(ToolCursors::invalid);
    }

    /** As {@link #cursor}, for a search. */
    public static @Nullable RankCursor rankCursor(@Nullable String text) {
        return text == null
                ? null
                : RankCursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at())
                                && Times.isStorable(cursor.asOf())
                                && Float.isFinite(cursor.rank()))
                        .orElseThrow(ToolCursors::invalid);
    }

    /**
     * Where the next page begins; null on the last page.
     *
     * @param shown the items of the page that the result has room for
     * @param position of an item
     */
    static <T extends Record> @Nullable String next(Page<T> page, List<T> shown, Function<T, Cursor> position) {
        var next =
                shown.size() == page.items().size() ? page.nextCursor() : position.apply(shown.get(shown.size() - 1));
        return next == null ? null : next.text();
    }

    private static Problem invalid() {
        return Problem.invalid("/cursor", "must be the next_cursor of a previous page");
    }

    private ToolCursors() {}
}
