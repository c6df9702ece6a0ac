package io.parley.transfer;

import io.parley.transfer.archive.ArchiveLimits;

/**
 * The limits of imports over HTTP.
 *
 * @param bytes of one import, as it arrives
 * @param atOnce the imports of a user that may run at the same time
 */
public record ImportLimits(ArchiveLimits archive, long bytes, int atOnce) {}
