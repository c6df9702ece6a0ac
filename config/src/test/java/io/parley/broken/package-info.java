/** A house where every wall is broken, to see that this is noticed. */
package io.parley.broken;
