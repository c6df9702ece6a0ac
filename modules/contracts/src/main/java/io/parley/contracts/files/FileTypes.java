package io.parley.contracts.files;

import java.util.Set;

/** The media types that programs ask about. */
public final class FileTypes {
    /** Those that models take, and that browsers show without running anything. */
    public static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** UTF-8 without control characters, whatever its markup is. */
    public static final String TEXT = "text/plain";

    public static final String PDF = "application/pdf";

    /** Anything. */
    public static final String BYTES = "application/octet-stream";

    private FileTypes() {}
}
