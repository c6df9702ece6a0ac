/** Backups of a database in one file: logical dumps that restore on another platform, version or server. Blocks; no Vert.x but its JSON. */
@NullMarked
package io.parley.storage.backup;

import org.jspecify.annotations.NullMarked;
