package io.parley.storage.backup;

import io.parley.kernel.crypto.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Measures what is written through it: bytes, lines and a digest. Closing it does not close what is behind it. */
final class MeasuredOutput extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private long bytes;
    private long lines;

    MeasuredOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] chunk, int offset, int length) throws IOException {
        out.write(chunk, offset, length);
        digest.update(chunk, offset, length);
        bytes += length;
        for (int at = offset; at < offset + length; at++) if (chunk[at] == '\n') lines++;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /** To be called once, after everything is written. A line of COPY's text format is a row. */
    Manifest.Entry entry(String name, List<String> columns) {
        return new Manifest.Entry(
                name, HexFormat.of().formatHex(digest.digest()), bytes, columns.isEmpty() ? 0 : lines, columns);
    }
}
