package io.parley.storage.pool;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collector;

/**
 * The rows of a result if they are small. They are counted as they arrive: as soon as they are too large they are dropped, and so is
 * each further one. That alone bounds no memory, because Vert.x keeps all of a result that arrives faster than it is decoded. Therefore
 * the statement has to fail at a row that is larger than {@link #largest}, with {@link #TOO_LARGE}.
 */
public final class SmallRows implements Iterable<Row> {
    /** In characters of texts and bytes of binaries, with {@link #OTHER_COLUMNS} for each row. */
    public static final int MOST = 256 * 1024;

    /** What a row takes as JSON beside its texts, in bytes: names, ids, times, numbers. */
    public static final int OTHER_COLUMNS = 1000;

    /** The error code of PostgreSQL for a division by zero. */
    static final String TOO_LARGE = "22012";

    /** Of all rows of a result together, in the same units; rows of chats differ in size. */
    private static final int MOST_SENT = 4 * MOST;

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

    /** The largest row of a result of so many rows. */
    public static int largest(int rows) {
        return MOST_SENT / rows;
    }

    /** A result that is {@link #areTooLarge}. */
    static SmallRows tooLarge() {
        var none = new SmallRows();
        none.size = MOST + 1;
        return none;
    }

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
