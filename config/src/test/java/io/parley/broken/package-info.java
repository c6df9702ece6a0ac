/** Classes that break every rule of the architecture, to prove that the tests notice. */
package io.parley.broken;
