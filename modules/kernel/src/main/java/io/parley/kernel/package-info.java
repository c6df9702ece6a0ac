/** What every room of the house speaks: the bus, its addresses, problems, pages and identities. */
@NullMarked
package io.parley.kernel;

import org.jspecify.annotations.NullMarked;
