/**
 * What the host can do: which accelerator works, which firmware there is, what is missing and how
 * to mend it.
 *
 * <pre>
 * AcceleratorProbe: /dev/kvm → LongModePayload under TCG, then under KVM → Accelerator → cache
 * HostCheck:        programs, devices, rights, FirmwareCatalog → HostReport of Findings
 * </pre>
 */
@NullMarked
package io.vmkit.host;

import org.jspecify.annotations.NullMarked;
