/** Reads zip archives, with limits against those that are made to fill memory or disks. */
@NullMarked
package io.parley.transfer.archive;

import org.jspecify.annotations.NullMarked;
