"""What holds this process to the list of exits (`connectors.exits`), part by part.

refusals    what is said when something is refused
sockets     which sockets may be made, where they may listen, and who asks before a look-up
starts      which programs may be started, and with which environment
libraries   which code in C may be loaded or called
"""
