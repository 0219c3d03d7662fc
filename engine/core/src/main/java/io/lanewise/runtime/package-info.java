/** Plans at work: workspaces, packed rows, constants, workers; all mutable state of a session. */
package io.lanewise.runtime;
