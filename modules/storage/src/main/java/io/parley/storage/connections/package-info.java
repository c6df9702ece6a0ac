/** How a process connects to the database: sizes, options, sockets and deadlines; knows no other package of this module. */
@NullMarked
package io.parley.storage.connections;

import org.jspecify.annotations.NullMarked;
