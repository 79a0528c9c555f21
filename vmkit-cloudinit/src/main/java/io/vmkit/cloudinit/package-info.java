/**
 * The seed that tells a new guest who it is: cloud-init's NoCloud data source as a small ISO image.
 *
 * <pre>
 *   UserData, MetaData, NetworkConfig      a user's own texts, shell scripts
 *            │ typed                             │ unchanged
 *            └────────────┬──────────────────────┘
 *                     CloudInit  ◄── SeedContext: host name, authorized keys, SSH host key
 *                         │ seedFor
 *                    NoCloudSeed     user-data, meta-data, network-config, vendor-data
 *                         │ writeTo
 *                   an ISO image labelled cidata  (io.vmkit.cloudinit.iso)
 * </pre>
 *
 * <p>What is typed becomes one cloud-config document. A user's own text is never parsed and written
 * again: alone it is the file itself, with other parts it is a part of a multi-part message.
 *
 * <p>The formats: <a
 * href="https://docs.cloud-init.io/en/latest/reference/modules.html">cloud-config modules</a>, <a
 * href="https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html">NoCloud</a>, <a
 * href="https://docs.cloud-init.io/en/latest/reference/network-config.html">network
 * configuration</a>.
 */
@NullMarked
package io.vmkit.cloudinit;

import org.jspecify.annotations.NullMarked;
