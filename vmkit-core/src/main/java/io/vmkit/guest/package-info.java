/**
 * The inside of a running machine: shells, the guest agent, the console, and when it is ready.
 *
 * <pre>
 * GuestShell ┬ SshShell   → SSH session (jsch)  → exec, sftp and shell channels
 *            └ AgentShell → AgentChannel (JSON) → guest-exec, guest-file-*
 * copies:  TreeCopy between two FileTrees: LocalTree ⇄ SftpTree or AgentTree
 * </pre>
 */
@NullMarked
package io.vmkit.guest;

import org.jspecify.annotations.NullMarked;
