"""What holds this process to the list of exits (`connectors.exits`), part by part.

refusals    what is said when something is refused
starts      which programs may be started, and with which environment
"""
