/** HCL as Terraform, Consul, Nomad and Vault use it; what needs evaluation is kept as text. */
@NullMarked
package dev.gimbal.format.hcl;

import org.jspecify.annotations.NullMarked;
