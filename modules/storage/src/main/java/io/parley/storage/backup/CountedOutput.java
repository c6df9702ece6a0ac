package io.parley.storage.backup;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that go through. */
final class CountedOutput extends FilterOutputStream {
    private long bytes;

    CountedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        out.write(one);
        bytes++;
    }

    @Override
    public void write(byte[] chunk, int offset, int length) throws IOException {
        out.write(chunk, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }
}
