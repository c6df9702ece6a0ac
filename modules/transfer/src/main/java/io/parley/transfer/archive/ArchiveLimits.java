package io.parley.transfer.archive;

/**
 * Limits for archives. Beyond them nothing is imported.
 *
 * @param maxUnpacked bytes of all files that are read, and of the archive itself
 * @param maxEntries files and folders
 * @param maxRatio bytes of a file for each byte that it takes in the archive. Text compresses to a tenth; the format allows
 *     a thousandth.
 */
public record ArchiveLimits(long maxUnpacked, int maxEntries, int maxRatio) {}
