package io.parley.assistant.tools;

import io.parley.contracts.search.RankCursor;
import io.parley.json.Times;
import io.parley.kernel.Cursor;
import io.parley.kernel.Problem;
import org.jspecify.annotations.Nullable;

/** The argument {@code cursor}. Fails invalid unless it is one that a page has returned; null stays null. */
final class ToolCursors {
    static @Nullable Cursor cursor(@Nullable String text) {
        return text == null
                ? null
                : Cursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at()))
                        .orElseThrow(ToolCursors::invalid);
    }

    static @Nullable RankCursor rankCursor(@Nullable String text) {
        return text == null
                ? null
                : RankCursor.parse(text)
                        .filter(cursor -> Times.isStorable(cursor.at())
                                && Times.isStorable(cursor.asOf())
                                && Float.isFinite(cursor.rank()))
                        .orElseThrow(ToolCursors::invalid);
    }

    private static Problem invalid() {
        return Problem.invalid("/cursor", "must be the next_cursor of a previous page");
    }

    private ToolCursors() {}
}
