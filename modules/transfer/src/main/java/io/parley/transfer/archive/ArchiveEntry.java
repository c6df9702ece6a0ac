package io.parley.transfer.archive;

import java.util.zip.ZipEntry;

/**
 * A file in an archive.
 *
 * @param name without control characters, and cut if it is long
 * @param isJson whether its name says that it is JSON or JSON Lines
 */
public record ArchiveEntry(String name, boolean isJson, ZipEntry zip) {}
