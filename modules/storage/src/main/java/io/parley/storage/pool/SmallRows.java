package io.parley.storage.pool;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collector;

/**
 * The rows of a result if they are small. They are counted as they arrive: as soon as they are too large they are dropped, and so is
 * each further one, so that a result of any size takes no more memory than this and a row.
 */
public final class SmallRows implements Iterable<Row> {
    /** In characters of texts and bytes of binaries, with {@link #OTHER_COLUMNS} for each row. */
    public static final int MOST = 256 * 1024;

    /** What a row takes as JSON beside its texts, in bytes: names, ids, times, numbers. */
    public static final int OTHER_COLUMNS = 800;

    static final Collector<Row, SmallRows, SmallRows> COLLECTOR = Collector.of(
            SmallRows::new,
            SmallRows::add,
            (some, others) -> {
                throw new UnsupportedOperationException("rows arrive one after the other");
            },
            Collector.Characteristics.IDENTITY_FINISH);

    private List<Row> rows = new ArrayList<>();
    private long size;

    private SmallRows() {}

    private void add(Row row) {
        if (areTooLarge()) return;
        size += size(row);
        if (areTooLarge()) rows = List.of();
        else rows.add(row);
    }

    private static long size(Row row) {
        long size = OTHER_COLUMNS;
        for (int at = 0; at < row.size(); at++) {
            var value = row.getValue(at);
            if (value instanceof String text) size += text.length();
            else if (value instanceof Buffer bytes) size += bytes.length();
        }
        return size;
    }

    /** Whether there were more rows than {@link #MOST} has room for. None of them is here then. */
    public boolean areTooLarge() {
        return size > MOST;
    }

    @Override
    public Iterator<Row> iterator() {
        return rows.iterator();
    }
}
