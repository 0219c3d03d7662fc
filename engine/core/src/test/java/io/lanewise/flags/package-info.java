/** An application that embeds Lanewise, in JVMs with every set of flags, on the class path and on the module path. */
package io.lanewise.flags;
